package dev.longhaul.simulator.front;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The node's side of what a client does with a running container. Calls may block and
 * come from many threads.
 */
public interface NodeAgent {

	/**
	 * Starts a command in a running container. The caller reads its output to the end and
	 * closes its input; it does not end it when the client leaves, as no kubelet does.
	 * @throws NodeRefusal if there is no such container, it does not run or the command
	 * cannot be started in it
	 */
	Process exec(ContainerRef container, List<String> command) throws NodeRefusal;

	/**
	 * Opens a container's log. Reading blocks while it is followed; closing the stream
	 * ends that.
	 * @throws NodeRefusal if there is no such container
	 */
	InputStream log(ContainerRef container, LogQuery query) throws NodeRefusal;

	/**
	 * Where a port of a running pod listens.
	 * @throws NodeRefusal if there is no such pod or it does not run
	 */
	InetSocketAddress port(ContainerRef pod, int port) throws NodeRefusal;

}
