/** Authentication of requests: access tokens of users, signatures of homeservers. */
@NullMarked
package io.mediakeep.auth;

import org.jspecify.annotations.NullMarked;
