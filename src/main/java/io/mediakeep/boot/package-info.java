/** The launcher of the executable WAR. It unpacks the libraries and starts the server, and uses nothing but the JDK. */
package io.mediakeep.boot;
