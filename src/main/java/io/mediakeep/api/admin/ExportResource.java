package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.api.Limited;
import io.mediakeep.api.PageToken;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.ArraySource;
import io.mediakeep.api.response.LazySequenceSource;
import io.mediakeep.api.response.LazySequenceSource.Opening;
import io.mediakeep.api.response.SequenceSource;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.content.ByteSource;
import io.mediakeep.migrate.archive.ArchivePart;
import io.mediakeep.migrate.archive.ArchiveScope;
import io.mediakeep.migrate.archive.Archives;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** {@code GET /_mediakeep/admin/v1/users/{userId}/export} and {@code /export}: media as tar files, part by part. */
@Path("/_mediakeep/admin/v1")
public final class ExportResource {
    private static final long DEFAULT_PART_SIZE = 1L << 30;

    private final Archives archives;
    private final ServerName localServer;
    private final Audit audit;
    private final Executor executor;

    /** @param executor opens content; its threads may block */
    public ExportResource(Archives archives, ServerName localServer, Audit audit, Executor executor) {
        this.archives = archives;
        this.localServer = localServer;
        this.audit = audit;
        this.executor = executor;
    }

    /** What a user has uploaded. */
    @GET
    @Path("users/{userId}/export")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response user(@PathParam("userId") String userId, @Context ContainerRequestContext request) {
        return part(ArchiveScope.of(parsed(userId)), userId, request);
    }

    private static UserId parsed(String userId) {
        try {
            return new UserId(userId);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.invalidParam("userId", "a user id");
        }
    }

    /** The media of this server; with {@code remote=true} the stored media of all others, too. */
    @GET
    @Path("export")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response server(@Context ContainerRequestContext request) {
        boolean remote = new Parameters(request.getUriInfo()).flag("remote", false);
        return part(
                remote ? ArchiveScope.ALL : ArchiveScope.of(localServer),
                remote ? "all" : localServer.value(),
                request);
    }

    private Response part(ArchiveScope scope, String label, ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        ArchivePart part =
                archives.part(scope, position(parameters), parameters.number("part_size", DEFAULT_PART_SIZE));
        audit.record(
                RequestProperties.requiredRequester(request).user(),
                "export media",
                Map.of("media_of", label),
                Map.of("items", (long) part.items()));
        ResponseBuilder response = Response.ok()
                .type("application/x-tar")
                .header(HttpHeaders.CONTENT_LENGTH, part.size())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment");
        part.next()
                .ifPresent(
                        next -> response.header(HttpHeaders.LINK, "<" + following(next, request) + ">; rel=\"next\""));
        return RequestProperties.head(request)
                ? response.build()
                : response.entity(RequestProperties.closedAtEnd(request, source(part)))
                        .build();
    }

    private static MediaPosition position(Parameters parameters) {
        List<String> key = PageToken.in(parameters, 3);
        return key.isEmpty()
                ? MediaPosition.START
                : new MediaPosition(PageToken.number(key.get(0)), key.get(1), key.get(2));
    }

    /** The same request with another {@code from}, as a relative reference. */
    private static String following(MediaPosition next, ContainerRequestContext request) {
        String token = PageToken.of(List.of(String.valueOf(next.time()), next.origin(), next.mediaId()));
        return "?"
                + request.getUriInfo()
                        .getRequestUriBuilder()
                        .replaceQueryParam("from", token)
                        .build()
                        .getRawQuery();
    }

    private ByteSource source(ArchivePart part) {
        List<Opening> openings = new ArrayList<>();
        openings.add(() -> new ArraySource(part.manifest()));
        part.files().forEach(file -> openings.add(() -> open(file)));
        openings.add(() -> new ArraySource(part.end()));
        return new LazySequenceSource(openings.iterator(), executor);
    }

    private static ByteSource open(ArchivePart.File file) throws IOException {
        return new SequenceSource(
                new ArraySource(file.header()),
                file.content().source(0, file.content().size()),
                new ArraySource(file.padding()));
    }
}
