/** Tests of the server among other homeservers, which fetch from it and from which it fetches. */
package io.mediakeep.app.federation;
