/** Sets the security headers of every answer. */
import { basePathOf } from '../../config/base-path.js';
import { isHttps } from '../../config/service-urls.js';

const ONE_YEAR_SECONDS = 31_536_000;

/** Browser features that the console does not use. Copy buttons need the clipboard. */
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
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

/**
 * @param publicUrl where people reach the service; with https, browsers must use https only. Below a path the host is
 *   shared with other services, and this is for its proxy to say.
 */
export function securityHeadersFor(publicUrl: string | undefined): Record<string, string> {
  return {
    'Permissions-Policy': DENIED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    ...(ownsHostWithHttps(publicUrl) && {
      'Strict-Transport-Security': `max-age=${String(ONE_YEAR_SECONDS)}`,
    }),
  };
}

function ownsHostWithHttps(publicUrl: string | undefined): boolean {
  return isHttps(publicUrl) && basePathOf(publicUrl) === '';
}
