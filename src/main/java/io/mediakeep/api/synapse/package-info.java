/** {@code /_synapse/admin/v1/…}: the endpoints for media of Synapse's admin API. */
@NullMarked
package io.mediakeep.api.synapse;

import org.jspecify.annotations.NullMarked;
