package dev.longhaul.simulator.longhorn;

/**
 * Longhorn's table of a volume's states: what follows from where the volume shall be and
 * where it is.
 */
final class AttachDetachTable {

	private AttachDetachTable() {
	}

	/**
	 * One step. The same place again means to wait.
	 * @param wanted the node of the spec, empty for none
	 * @param engine what the volume's engine does
	 */
	static Place next(Place now, String wanted, Engine engine) {
		if (now.state().isEmpty()) {
			return new Place(Words.CREATING, "");
		}
		if (now.state().equals(Words.DETACHING)) {
			return (engine == Engine.STOPPED) ? new Place(Words.DETACHED, "") : now;
		}
		if (wanted.isEmpty()) {
			return now.state().equals(Words.DETACHED) && now.node().isEmpty() ? now : detaching(now);
		}
		if (now.node().isEmpty()) {
			return attach(now, wanted, engine);
		}
		boolean stable = now.state().equals(Words.ATTACHED) && now.node().equals(wanted) && engine == Engine.RUNNING;
		return stable ? now : detaching(now);
	}

	private static Place attach(Place now, String wanted, Engine engine) {
		return switch (now.state()) {
			case Words.DETACHED -> new Place(Words.ATTACHING, "");
			case Words.ATTACHING -> (engine == Engine.RUNNING) ? new Place(Words.ATTACHED, wanted) : now;
			case Words.CREATING -> now;
			default -> detaching(now);
		};
	}

	private static Place detaching(Place now) {
		return new Place(Words.DETACHING, now.node());
	}

	/**
	 * Where a volume is.
	 *
	 * @param node it is attached to, empty if to none
	 */
	record Place(String state, String node) {
	}

	/** What an engine does. */
	enum Engine {

		RUNNING, STOPPED,

		/** On its way from one to the other. */
		CHANGING

	}

}
