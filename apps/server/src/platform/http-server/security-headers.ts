/** Headers that tell browsers what pages of this service may do, on every answer. */
import { isHttps } from '../../config/service-urls.js';

const ONE_YEAR_SECONDS = 31_536_000;

/** Abilities of a browser that the console has no use for. Copy buttons need the clipboard. */
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** @param publicUrl where people reach the service; by https, browsers are told to come by nothing else */
export function securityHeadersFor(publicUrl: string | undefined): Record<string, string> {
  return {
    'Permissions-Policy': DENIED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    ...(isHttps(publicUrl) && { 'Strict-Transport-Security': `max-age=${String(ONE_YEAR_SECONDS)}` }),
  };
}
