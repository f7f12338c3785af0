package dev.longhaul.simulator.front;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A node whose containers are this machine itself.
 */
final class LocalProcesses implements NodeAgent {

	@Override
	public Process exec(ContainerRef container, List<String> command) throws NodeRefusal {
		try {
			return new ProcessBuilder(command).start();
		}
		catch (IOException ex) {
			throw NodeRefusal.internal(ex.getMessage());
		}
	}

	@Override
	public InputStream log(ContainerRef container, LogQuery query) {
		return new ByteArrayInputStream(query.toString().getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public InetSocketAddress port(ContainerRef pod, int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

}
