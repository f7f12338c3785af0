package dev.longhaul.cli.remote;

import java.util.function.Predicate;

import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.cli.server.ServerClient;
import dev.longhaul.cli.server.ServerEvent;
import dev.longhaul.cli.terminal.Surroundings;
import org.jspecify.annotations.Nullable;

/**
 * The server that the command line names, once one is called.
 */
final class Remote {

	private final RemoteCommand command;

	private final Surroundings surroundings;

	private @Nullable ServerClient client;

	Remote(RemoteCommand command, Surroundings surroundings) {
		this.command = command;
		this.surroundings = surroundings;
	}

	Surroundings surroundings() {
		return surroundings;
	}

	/** Its URL. */
	String address() {
		return command.address(surroundings.environment()).toString();
	}

	Answer get(ApiPath path) {
		return client().get(path);
	}

	Answer send(Call call) {
		return client().send(call);
	}

	/**
	 * @param last the id of the last event that was heard; empty for none
	 * @param listener says whether it wants to hear more
	 */
	void listen(ApiPath path, String last, Predicate<ServerEvent> listener) {
		client().listen(path, last, listener);
	}

	private ServerClient client() {
		ServerClient known = client;
		if (known == null) {
			known = command.open(surroundings.environment(), surroundings.pause());
			client = known;
		}
		return known;
	}

}
