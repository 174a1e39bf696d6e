import 'element-plus/es/components/message/style/css';
import { ElMessage } from 'element-plus/es/components/message/index.mjs';

/** Element Plus' message together with its style, as one chunk of its own. */
export { ElMessage };
