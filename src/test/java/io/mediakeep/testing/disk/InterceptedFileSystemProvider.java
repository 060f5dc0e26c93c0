package io.mediakeep.testing.disk;

import static io.mediakeep.testing.disk.InterceptedPath.real;

import io.mediakeep.testing.disk.Disk.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations of the default file system; those that open files or change anything use the {@link Disk} of the
 * directory.
 */
final class InterceptedFileSystemProvider extends FileSystemProvider {
    private static final FileSystemProvider FILES = FileSystems.getDefault().provider();

    private static void change(Operation operation, Path path, Path target, Disk.Change change) throws IOException {
        Disks.of(path).change(operation, path, target, change);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path file = real(path);
        return Disks.of(file)
                .open(
                        file,
                        options.contains(StandardOpenOption.WRITE),
                        () -> FILES.newFileChannel(file, options, attributes));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        change(
                Operation.CREATE_DIRECTORY,
                real(directory),
                real(directory),
                () -> FILES.createDirectory(real(directory), attributes));
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        change(Operation.LINK, real(link), real(existing), () -> FILES.createLink(real(link), real(existing)));
    }

    @Override
    public void delete(Path path) throws IOException {
        change(Operation.DELETE, real(path), real(path), () -> FILES.delete(real(path)));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        change(Operation.RENAME, real(source), real(target), () -> FILES.move(real(source), real(target), options));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all =
                FILES.newDirectoryStream(real(directory), entry -> filter.accept(InterceptedPath.of(entry)))) {
            all.forEach(entry -> entries.add(InterceptedPath.of(entry)));
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {
                // it was read completely
            }
        };
    }

    @Override
    public String getScheme() {
        return InterceptedFilePath.SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return FILES.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return FILES.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return FILES.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        FILES.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return FILES.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return FILES.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return FILES.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        FILES.setAttribute(real(path), attribute, value, options);
    }
}
