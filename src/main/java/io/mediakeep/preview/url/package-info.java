/** URLs of previews: parsing and normalisation, patterns, and the operator's rules. */
@NullMarked
package io.mediakeep.preview.url;

import org.jspecify.annotations.NullMarked;
