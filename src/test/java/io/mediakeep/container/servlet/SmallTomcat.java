package io.mediakeep.container.servlet;

import io.mediakeep.testing.server.RawConnection;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat with two threads and one servlet for all paths. */
final class SmallTomcat implements AutoCloseable {
    private static final int THREADS = 2;

    private final Tomcat tomcat = new Tomcat();

    SmallTomcat(Path directory, Servlet servlet) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxThreads", String.valueOf(THREADS));
        tomcat.addContext("", directory.toString())
                .addServletContainerInitializer(
                        (classes, context) -> {
                            ServletRegistration.Dynamic registration = context.addServlet("tested", servlet);
                            registration.setAsyncSupported(true);
                            registration.addMapping("/*");
                        },
                        null);
        tomcat.start();
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
