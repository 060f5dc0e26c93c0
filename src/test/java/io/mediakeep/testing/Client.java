package io.mediakeep.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A minimal Matrix client for tests. */
public final class Client {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String token;

    /** A client of a server; sends its token with every request unless it is empty. */
    public Client(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** The same client with another token. */
    public Client as(String otherToken) {
        return new Client(server, otherToken);
    }

    /** A builder for a request, with the token. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(server + path)).timeout(TIMEOUT);
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    /** Sends a request and reads the whole response. */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Sends a request; the caller reads the body as it is received. */
    public HttpResponse<InputStream> begin(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    /** Sends a request asynchronously. */
    public CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
    }

    /** GET. */
    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** POST without a body. */
    public HttpResponse<byte[]> post(String path) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** Uploads bytes; returns the response. */
    public HttpResponse<byte[]> upload(byte[] bytes, String contentType, String fileName)
            throws IOException, InterruptedException {
        return upload(BodyPublishers.ofByteArray(bytes), contentType, fileName);
    }

    /** Uploads a body; returns the response. */
    public HttpResponse<byte[]> upload(BodyPublisher body, String contentType, String fileName)
            throws IOException, InterruptedException {
        String query = "?filename="
                + URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
        return send(request("/_matrix/media/v3/upload" + query)
                .header("Content-Type", contentType)
                .POST(body));
    }

    /** Uploads bytes; returns their content URI. */
    public String mxc(byte[] bytes) throws IOException, InterruptedException {
        return json(upload(bytes, "image/png", "cat.png")).getString("content_uri");
    }

    /** The path of an authenticated download of a content URI. */
    public static String download(String mxc) {
        return "/_matrix/client/v1/media/download/" + mxc.substring("mxc://".length());
    }

    /** The path of an unauthenticated download of a content URI. */
    public static String legacyDownload(String mxc) {
        return "/_matrix/media/v3/download/" + mxc.substring("mxc://".length());
    }

    /** The path of an authenticated thumbnail, as in {@code thumbnail(mxc, "width=96&height=96&method=crop")}. */
    public static String thumbnail(String mxc, String query) {
        return "/_matrix/client/v1/media/thumbnail/" + mxc.substring("mxc://".length()) + "?" + query;
    }

    /** The path of an unauthenticated thumbnail. */
    public static String legacyThumbnail(String mxc, String query) {
        return "/_matrix/media/v3/thumbnail/" + mxc.substring("mxc://".length()) + "?" + query;
    }

    /** The path to upload the content of a reserved content URI. */
    public static String put(String mxc) {
        return "/_matrix/media/v3/upload/" + mxc.substring("mxc://".length());
    }

    /** The body of a response as a JSON object. */
    public static JsonObject json(HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        return Json.createReader(new StringReader(text)).readObject();
    }

    /** The status and the errcode of a response, as in "404 M_NOT_FOUND". */
    public static String error(HttpResponse<byte[]> response) {
        return response.statusCode() + " " + json(response).getString("errcode");
    }
}
