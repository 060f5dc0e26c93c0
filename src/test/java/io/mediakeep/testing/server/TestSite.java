package io.mediakeep.testing.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * A web site on loopback: the pages of {@link TestPage}, images of any size at {@code /pictures/WxH.png} (or jpeg, gif)
 * and below {@code /echo/}, redirects at {@code /redirect?to=…}, and what a test adds.
 */
public final class TestSite implements AutoCloseable {
    private static final Pattern IMAGE = Pattern.compile("/pictures/([0-9]+)x([0-9]+)\\.(png|jpeg|gif)");
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

    /** One request. */
    public record ReceivedRequest(String uri, Headers headers) {}

    /** Starts on a free port. */
    public TestSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        TestPage.all().forEach(page -> on(page.path(), exchange -> send(exchange, page)));
        server.start();
    }

    /** The port at 127.0.0.1. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** A URL of the site, under the name {@code site.example}. */
    public String url(String path) {
        return url("site.example", path);
    }

    /** A URL of the site under another name. */
    public String otherUrl(String path) {
        return url("other.example", path);
    }

    /** A URL of the site under any name. */
    public String url(String host, String path) {
        return "http://" + host + ":" + port() + path;
    }

    /** Sets the handler of a path. */
    public TestSite on(String path, HttpHandler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Serves an HTML page at a path. */
    public TestSite page(String path, String html) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            send(exchange, 200, html.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Redirects a path. */
    public TestSite redirect(String path, String location) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            send(exchange, 302, new byte[0]);
        });
    }

    /** The requests received. */
    public List<ReceivedRequest> requests() {
        return requests;
    }

    /** The requests for a path. */
    public List<ReceivedRequest> requests(String path) {
        return requests.stream()
                .filter(visit -> URI.create(visit.uri()).getPath().equals(path))
                .toList();
    }

    /** The bytes of the image at a path. */
    public byte[] image(String uri) {
        return images.computeIfAbsent(uri, TestSite::render);
    }

    /** Sends a whole response. */
    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        requests.add(new ReceivedRequest(uri.toString(), exchange.getRequestHeaders()));
        HttpHandler handler = handlers.get(uri.getPath());
        if (handler != null) {
            handler.handle(exchange);
        } else if (uri.getPath().startsWith("/echo/")
                || IMAGE.matcher(uri.getPath()).matches()) {
            send(exchange, 200, image(uri.toString()));
        } else if (uri.getPath().equals("/redirect")) {
            exchange.getResponseHeaders().set("Location", uri.getQuery().substring("to=".length()));
            send(exchange, 302, new byte[0]);
        } else {
            send(exchange, NOT_FOUND, "<title>Not found</title>".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(HttpExchange exchange, TestPage page) throws IOException {
        page.headers().forEach((name, value) -> {
            if (!name.equals("Status") && !name.equals("Encoding")) {
                exchange.getResponseHeaders().set(name, TestPage.header(value, url(""), otherUrl("")));
            }
        });
        int status = Integer.parseInt(page.headers().getOrDefault("Status", "200"));
        send(exchange, status, page.body(url(""), otherUrl("")));
    }

    /** Every path has an image of its own. */
    private static byte[] render(String uri) {
        Matcher size = IMAGE.matcher(uri);
        boolean given = size.matches();
        int width = given ? Integer.parseInt(size.group(1)) : 33;
        int height = given ? Integer.parseInt(size.group(2)) : 33;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(uri.hashCode() & 0xffffff));
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, given ? size.group(3) : "png", bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException("no picture", impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
