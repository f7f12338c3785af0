package dev.longhaul.bucket.b2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Resets a connection, which Vert.x itself has no word for.
 */
final class Connections {

	private Connections() {
	}

	/** Lets the client's next read fail with "connection reset". */
	static void reset(HttpConnection connection) {
		Channel channel = ((ConnectionBase) connection).channel();
		channel.config().setOption(ChannelOption.SO_LINGER, 0);
		var unused = channel.close();
	}

}
