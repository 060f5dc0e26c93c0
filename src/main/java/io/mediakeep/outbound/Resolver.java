package io.mediakeep.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who knows the addresses of a host name. */
public interface Resolver {
    /** The resolver of the operating system. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * All addresses of a host name, the one to try first at the beginning. It may take its time: whoever asks waits no
     * longer than the request's deadline.
     *
     * @param host in ASCII, lower case, without a dot at its end; never an address
     * @throws UnknownHostException when the name has none
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
