export const deliveries = {
  title: '投递日志',
};
