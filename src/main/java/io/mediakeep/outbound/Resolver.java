package io.mediakeep.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves host names. */
public interface Resolver {
    /** The resolver of the operating system. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * All addresses of a host name, the preferred one first. It may block: callers wait no longer than the request's
     * deadline.
     *
     * @param host in ASCII, lower case, without a trailing dot; never an address
     * @throws UnknownHostException when the name has none
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
