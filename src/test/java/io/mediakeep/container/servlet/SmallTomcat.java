package io.mediakeep.container.servlet;

import io.mediakeep.testing.server.RawConnection;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/**
 * A Tomcat with two threads, any number of requests on a connection, and one servlet for all paths, which also writes
 * the error page of status 404.
 */
final class SmallTomcat implements AutoCloseable {
    static final String ERROR_PAGE = "/error-page";

    private static final int THREADS = 2;

    private final Tomcat tomcat = new Tomcat();

    SmallTomcat(Path directory, Servlet servlet) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxThreads", String.valueOf(THREADS));
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", directory.toString());
        context.addServletContainerInitializer((classes, starting) -> register(starting, servlet), null);
        ErrorPage errorPage = new ErrorPage();
        errorPage.setErrorCode(HttpServletResponse.SC_NOT_FOUND);
        errorPage.setLocation(ERROR_PAGE);
        context.addErrorPage(errorPage);
        tomcat.start();
    }

    private static void register(ServletContext context, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet("tested", servlet);
        registration.setAsyncSupported(true);
        registration.addMapping("/*");
    }

    RawConnection connect() throws IOException {
        return new RawConnection(
                URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort()));
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
