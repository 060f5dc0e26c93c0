package io.mediakeep.thumbnail.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/** The decoders and encoders, independent of what else is on the class path. */
public final class ImageCodecs {
    private static final String JDK = "java.desktop";

    private ImageCodecs() {}

    /** A new reader of the JDK for a format such as "png". */
    public static ImageReader reader(String format) throws IOException {
        return ofTheJdk(ImageReaderSpi.class, format).createReaderInstance();
    }

    /** A new reader of TwelveMonkeys for WebP. */
    public static ImageReader webpReader() {
        return new WebPImageReaderSpi().createReaderInstance(null);
    }

    /** A new writer of the JDK for a format such as "png". */
    public static ImageWriter writer(String format) throws IOException {
        return ofTheJdk(ImageWriterSpi.class, format).createWriterInstance();
    }

    private static <T extends ImageReaderWriterSpi> T ofTheJdk(Class<T> kind, String format) throws IOException {
        Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
        while (providers.hasNext()) {
            T provider = providers.next();
            if (JDK.equals(provider.getClass().getModule().getName()) && knows(provider, format)) {
                return provider;
            }
        }
        throw new IOException("this JDK has no codec for " + format);
    }

    private static boolean knows(ImageReaderWriterSpi provider, String format) {
        for (String name : provider.getFormatNames()) {
            if (name.equalsIgnoreCase(format)) {
                return true;
            }
        }
        return false;
    }
}
