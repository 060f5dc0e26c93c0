package io.mediakeep.app.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.mediakeep.config.ListenSettings;
import io.mediakeep.limits.TrustedProxies;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the number of connections, in total and of each address. */
public final class ConnectionLimits {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLimits.class);

    private final int maxTotal;
    private final int maxOfAddress;
    private final TrustedProxies proxies;
    private final Map<String, Integer> ofAddress = new HashMap<>();
    private int count;

    /** The heap usage of an idle connection: 6.5 KiB were measured. */
    private static final long BYTES_OF_CONNECTION = 7 * 1024;

    /** The part of the heap for connections. */
    private static final int SHARES_OF_HEAP = 6;

    /**
     * The configured limits; in total at most half of the file descriptors that are available to this process, and as
     * many as fit into a part of the heap.
     */
    public ConnectionLimits(ListenSettings listen, TrustedProxies proxies) {
        this.maxTotal = affordable(listen.connections());
        this.maxOfAddress = listen.connectionsPerAddress();
        this.proxies = proxies;
        if (maxTotal < listen.connections()) {
            log.info("Connections are limited to {} by the heap or by the files that this process may open", maxTotal);
        }
    }

    /** The other half is for files that are sent and received, the database, and other servers. */
    private static int affordable(int wanted) {
        long fitting = Math.min(wanted, Runtime.getRuntime().maxMemory() / SHARES_OF_HEAP / BYTES_OF_CONNECTION);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long available = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
            return (int) Math.max(1, Math.min(fitting, available / 2));
        }
        return (int) fitting;
    }

    /** Counts a connection from this address; false without counting it, when it exceeds a limit. */
    synchronized boolean tryAcquire(String address) {
        String counted = TrustedProxies.limitKey(address);
        int others = ofAddress.getOrDefault(counted, 0);
        if (count >= maxTotal || (others >= maxOfAddress && !proxies.trusted(address))) {
            return false;
        }
        count++;
        ofAddress.put(counted, others + 1);
        return true;
    }

    /** Whether there are as many as there may be in all. */
    synchronized boolean reached() {
        return count >= maxTotal;
    }

    /** Counts one less from this address. */
    synchronized void release(String address) {
        count--;
        ofAddress.computeIfPresent(
                TrustedProxies.limitKey(address), (counted, number) -> number > 1 ? number - 1 : null);
    }
}
