/** Metadata of web pages: HTML, Open Graph, Twitter cards, JSON-LD, oEmbed. */
@NullMarked
package io.mediakeep.preview.page;

import org.jspecify.annotations.NullMarked;
