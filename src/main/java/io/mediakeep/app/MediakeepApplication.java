package io.mediakeep.app;

import io.mediakeep.api.client.CreateResource;
import io.mediakeep.api.client.DownloadResource;
import io.mediakeep.api.client.DownloadResponses;
import io.mediakeep.api.client.LegacyDownloadResource;
import io.mediakeep.api.client.LegacyThumbnailResource;
import io.mediakeep.api.client.MediaConfigResource;
import io.mediakeep.api.client.PreviewResource;
import io.mediakeep.api.client.ThumbnailResource;
import io.mediakeep.api.client.ThumbnailResponses;
import io.mediakeep.api.client.UploadResource;
import io.mediakeep.api.federation.FederationDownloadResource;
import io.mediakeep.api.federation.FederationThumbnailResource;
import io.mediakeep.api.filter.AcceptFilter;
import io.mediakeep.api.filter.ContentTypeFilter;
import io.mediakeep.api.filter.CorsFilter;
import io.mediakeep.api.filter.EmptySegmentFilter;
import io.mediakeep.api.filter.FilterBinding;
import io.mediakeep.api.filter.HeadFilter;
import io.mediakeep.api.filter.NoStoreFilter;
import io.mediakeep.api.filter.SemicolonFilter;
import io.mediakeep.api.response.EmptyBodyWriter;
import io.mediakeep.api.response.MatrixExceptionMapper;
import io.mediakeep.api.response.UnexpectedExceptionMapper;
import io.mediakeep.api.response.WebApplicationExceptionMapper;
import io.mediakeep.container.RequestListener;
import io.mediakeep.media.upload.Uploads;
import io.mediakeep.preview.Previews;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The JAX-RS application: all resources, filters and providers. */
final class MediakeepApplication extends ResourceConfig {
    private final List<RequestListener> listeners;

    /** @param listeners are notified of all requests */
    MediakeepApplication(
            List<RequestListener> listeners,
            FilterBinding filters,
            Uploads uploads,
            DownloadResponses downloads,
            ThumbnailResponses thumbnails,
            FederationDownloadResource federationDownloads,
            FederationThumbnailResource federationThumbnails,
            Optional<Previews> previews,
            Map<Class<?>, Object> administration) {
        this.listeners = listeners;
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true); // containers would send HTML
        property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        register(filters);
        register(new CorsFilter());
        register(new NoStoreFilter());
        register(new EmptySegmentFilter());
        register(new SemicolonFilter());
        register(new ContentTypeFilter());
        register(new HeadFilter());
        register(new AcceptFilter());
        register(new EmptyBodyWriter());
        register(MatrixExceptionMapper.class);
        register(new WebApplicationExceptionMapper());
        register(UnexpectedExceptionMapper.class);
        Map<Class<?>, Object> resources = new HashMap<>(Map.of(
                UploadResource.class, new UploadResource(uploads),
                CreateResource.class, new CreateResource(uploads),
                MediaConfigResource.class, new MediaConfigResource(uploads),
                DownloadResource.class, new DownloadResource(downloads),
                LegacyDownloadResource.class, new LegacyDownloadResource(downloads),
                ThumbnailResource.class, new ThumbnailResource(thumbnails),
                LegacyThumbnailResource.class, new LegacyThumbnailResource(thumbnails),
                FederationDownloadResource.class, federationDownloads,
                FederationThumbnailResource.class, federationThumbnails));
        resources.putAll(administration);
        previews.ifPresent(made -> resources.put(PreviewResource.class, new PreviewResource(made)));
        serve(resources);
    }

    /** They are to be notified of all requests. */
    List<RequestListener> listeners() {
        return listeners;
    }

    /**
     * Registers resources by class and binding: Jersey takes an instance for a provider first, and logs a warning that
     * it is none.
     */
    private void serve(Map<Class<?>, Object> resources) {
        resources.keySet().forEach(this::register);
        register(new AbstractBinder() {
            @Override
            protected void configure() {
                resources.forEach((type, resource) -> bind(resource).to((Type) type));
            }
        });
    }
}
