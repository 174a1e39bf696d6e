/** Starts the renderer in the browser; appended to its script, since the page allows no inline one. */

/**
 * Tags are shown by their names in the page's language. Anchors are made of names that are the same in both languages,
 * and `#getEvent` and `#event-message.sent` lead to an operation and an event as well.
 */
export const START_SCRIPT = `
(() => {
  const { lang, locale } = document.currentScript.dataset;
  const read = async (name) => (await fetch(name + '.json?lang=' + lang)).json();
  const anchorsOf = (api, callbacks) => [
    ...Object.values(api.paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId, tags }) => ['#' + operationId, '#api/tag/' + tags[0] + '/' + operationId]),
    ...Object.keys(callbacks.components.messages).map((event) => [
      '#event-' + event,
      '#callbacks/channel/callback/operation/deliver/message/' + event.replaceAll('.', ''),
    ]),
  ];
  const show = ([api, callbacks]) => {
    const anchor = new Map(anchorsOf(api, callbacks)).get(location.hash);
    if (anchor) history.replaceState(null, '', anchor);
    for (const tag of api.tags) {
      tag['x-displayName'] = tag.description;
      delete tag.description;
    }
    Scalar.createApiReference('#reference', {
      sources: [
        { slug: 'api', title: api.info.title, content: api, default: true },
        { slug: 'callbacks', title: callbacks.info.title, content: callbacks },
      ],
      localization: { locale },
      generateOperationSlug: ({ operationId }) => operationId,
      hideModels: true,
      hideTestRequestButton: true,
      hideClientButton: true,
      hiddenClients: true,
      documentDownloadType: 'none',
      showDeveloperTools: 'never',
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
    });
  };
  // The other language is opened at the same anchor.
  for (const link of document.querySelectorAll('a[hreflang]')) {
    link.addEventListener('click', () => {
      link.hash = location.hash;
    });
  }
  // The renderer changes from one document to the other by its own menu only.
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      location.hash = link.hash;
      location.reload();
    });
  }
  Promise.all([read('openapi'), read('asyncapi')])
    .then(show)
    .catch((error) => {
      document.getElementById('reference').textContent = String(error);
    });
})();
`;
