package dev.longhaul.simulator.engine;

/**
 * The engine did not answer the manager; the message is in the words of an RPC.
 */
public final class EngineUnreachable extends Exception {

	private static final long serialVersionUID = 1L;

	public EngineUnreachable(String message) {
		super(message);
	}

}
