package io.mediakeep.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Runs the WAR it lies in: unpacks its classes and libraries once into a folder of the user, and calls the main class
 * that the manifest names as {@code Application-Main}. It knows nothing but the JDK.
 */
public final class Launcher {
    private static final String UNPACKED = "WEB-INF/";

    /** The largest direct buffer, in bytes, that the JDK keeps for each thread; without it that is the largest ever needed. */
    private static final String MAX_CACHED_BUFFER = "jdk.nio.maxCachedBufferSize";

    private Launcher() {}

    /** Runs it. With the only argument {@code --unpack} it just says where it unpacked itself. */
    public static void main(String[] args) throws Exception {
        System.setProperty(
                MAX_CACHED_BUFFER, System.getProperty(MAX_CACHED_BUFFER, "65536")); // read once, at the first write
        Path war = Path.of(Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile jar = new JarFile(war.toFile())) {
            Path folder = unpackedOrExit(war, jar);
            if (args.length == 1 && args[0].equals("--unpack")) {
                System.out.println(folder);
                return;
            }
            String main = jar.getManifest().getMainAttributes().getValue("Application-Main");
            @SuppressWarnings("resource") // it lives as long as the process
            URLClassLoader classes = new URLClassLoader(urls(folder), ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(classes);
            classes.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) args);
        }
    }

    private static Path unpackedOrExit(Path war, JarFile jar) {
        try {
            return unpacked(war, jar);
        } catch (IOException failure) {
            System.err.println("Mediakeep cannot unpack itself: " + failure);
            System.exit(1);
            throw new IllegalStateException(failure);
        }
    }

    private static Path unpacked(Path war, JarFile jar) throws IOException {
        String key = Long.toHexString(Files.size(war)) + "-"
                + Long.toHexString(Files.getLastModifiedTime(war).toMillis());
        Path cache = cacheFolder();
        PrivateDirectory.make(cache);
        Path folder = cache.resolve(key);
        if (!Files.isDirectory(folder)) {
            Path draft = Files.createTempDirectory(cache, "unpacking");
            unpack(jar, draft);
            place(draft, folder);
        }
        PrivateDirectory.check(folder);
        return folder;
    }

    /** Another process may have been faster. The JDK says that in several ways, plain ENOTEMPTY among them. */
    private static void place(Path draft, Path folder) throws IOException {
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            delete(draft);
            if (!Files.isDirectory(folder)) {
                throw failure;
            }
        }
    }

    private static Path cacheFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("mediakeep");
    }

    private static void unpack(JarFile jar, Path folder) throws IOException {
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (entry.isDirectory() || !entry.getName().startsWith(UNPACKED)) {
                continue;
            }
            if (!target.startsWith(folder)) {
                throw new IOException("an entry that lies outside: " + entry.getName());
            }
            Files.createDirectories(target.getParent());
            try (InputStream bytes = jar.getInputStream(entry)) {
                Files.copy(bytes, target);
            }
        }
    }

    private static URL[] urls(Path folder) throws IOException {
        Path inf = folder.resolve(UNPACKED);
        List<URL> urls = new ArrayList<>();
        for (String lib : new String[] {"lib", "lib-embedded"}) {
            try (Stream<Path> jars = Files.list(inf.resolve(lib)).sorted()) {
                for (Path jar : (Iterable<Path>) jars::iterator) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder).sorted(java.util.Comparator.reverseOrder())) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.delete(path);
            }
        }
    }
}
