package dev.longhaul.simulator.front;

import java.util.Optional;

/**
 * An admission webhook: it may refuse what a client is about to write. Calls may block
 * and come from many threads.
 */
public interface AdmissionCheck {

	/** Refuses nothing. */
	AdmissionCheck NONE = new AdmissionCheck() {

		@Override
		public boolean concerns(ApiRequest request) {
			return false;
		}

		@Override
		public Optional<String> refusal(ApiRequest request, String object) {
			return Optional.empty();
		}

	};

	/** Whether it wants to see such requests at all. */
	boolean concerns(ApiRequest request);

	/**
	 * @param object as JSON, empty where there is none
	 * @return why it is refused; empty if it is let through
	 */
	Optional<String> refusal(ApiRequest request, String object);

}
