package io.mediakeep.app;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.app.http.ErrorJson;
import io.mediakeep.app.http.RequestTarget;
import io.mediakeep.config.Config;
import io.mediakeep.config.ConfigReader;
import io.mediakeep.container.JerseyApplication;
import io.mediakeep.container.RequestIds;
import io.mediakeep.container.StallDetector;
import io.mediakeep.container.servlet.ServletHandler;
import io.mediakeep.limits.TrustedProxies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server in a servlet container to which the WAR was deployed, and stops it when it is undeployed. */
public final class WarBootstrap implements ServletContextListener {
    private static final Logger log = LoggerFactory.getLogger(WarBootstrap.class);

    /** On Tomcat 105 KiB of the heap were measured for a request, plus the buffer of the response. */
    private static final int BYTES_OF_REQUEST = 160 * 1024;

    /** The part of the heap for rejected requests whose bodies are read and discarded. */
    private static final int PART_OF_HEAP = 8;

    private final Closer closer = new Closer();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Config config = ConfigReader.read(
                Optional.empty(),
                System.getenv(),
                Optional.ofNullable(System.getProperty("MEDIAKEEP_CONFIG")),
                Path.of("").toAbsolutePath());
        try {
            Assembly assembly = closer.register(Assembly.of(config));
            serve(event.getServletContext(), assembly, new TrustedProxies(config.trustedProxies()));
            log.info("{}", assembly.summary());
        } catch (IOException failure) {
            throw new UncheckedIOException("Mediakeep cannot start", failure);
        }
    }

    private void serve(ServletContext context, Assembly assembly, TrustedProxies proxies) {
        StallDetector stalls = closer.register(new StallDetector());
        int discardedBodies = (int) (Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_OF_REQUEST);
        MediakeepApplication application = assembly.served();
        ServletHandler handler = new ServletHandler(
                new JerseyApplication(application, application.listeners(), Clock.systemUTC(), BYTES_OF_REQUEST),
                stalls,
                discardedBodies);
        ServletRegistration.Dynamic jersey = context.addServlet("mediakeep", handler);
        jersey.setAsyncSupported(true);
        jersey.setLoadOnStartup(1);
        jersey.addMapping("/*");
        jakarta.servlet.FilterRegistration.Dynamic filter =
                context.addFilter("request-entry", new RequestEntryFilter(proxies, new RequestIds(new SecureRandom())));
        filter.setAsyncSupported(true);
        filter.addMappingForServletNames(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "mediakeep");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        closer.close();
    }

    /** Rejects invalid request targets, and determines the id of the request and the address of the client. */
    private static final class RequestEntryFilter extends HttpFilter {
        private static final long serialVersionUID = 1L;

        private final transient TrustedProxies proxies;
        private final transient RequestIds ids;

        RequestEntryFilter(TrustedProxies proxies, RequestIds ids) {
            this.proxies = proxies;
            this.ids = ids;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getAttribute(RequestProperties.ID) == null) { // is dispatched again to be aborted
                request.setAttribute(RequestProperties.ID, ids.of(request.getHeader(RequestIds.HEADER)));
                response.setHeader(RequestIds.HEADER, (String) request.getAttribute(RequestProperties.ID));
            }
            if (!RequestTarget.isValid(request.getRequestURI(), request.getQueryString())) {
                reject(response);
                return;
            }
            if (!request.getServletContext().getServerInfo().contains("Tomcat")
                    || request.getProtocol().equals("HTTP/1.0")) {
                request.setAttribute(
                        RequestProperties.HIDES_TRUNCATION, true); // Payara adds the last chunk in any case
            }
            request.setAttribute(
                    RequestProperties.CLIENT_ADDRESS,
                    proxies.clientAddress(
                            request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For"))));
            request.setAttribute(
                    RequestProperties.TARGET, RequestTarget.of(request.getRequestURI(), request.getQueryString()));
            chain.doFilter(request, response);
        }

        private static void reject(HttpServletResponse response) throws IOException {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.setHeader(
                    "Connection", "close"); // written by this thread, and nothing follows that could block it
            response.setContentType("application/json");
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.getOutputStream().print(ErrorJson.of(HttpServletResponse.SC_NOT_FOUND));
        }
    }
}
