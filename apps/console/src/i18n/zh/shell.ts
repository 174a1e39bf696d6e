/** The frame around every page, and the words that many pages share. */
export const shell = {
  product: 'IM 回调控制台',
  themeIs: '外观：{theme}',
  themeLight: '浅色',
  themeDark: '深色',
  themeSystem: '跟随系统',
  notFoundTitle: '没有这个页面',
  unreachableTitle: '暂时连不上服务',
  pageLoadFailed: '页面没有加载成功。服务可能刚刚升级过，请刷新浏览器后再试。',
};
