/** Tests of the import from the stores of other servers, over HTTP. */
package io.mediakeep.app.imports;
