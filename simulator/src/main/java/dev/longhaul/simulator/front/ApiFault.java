package dev.longhaul.simulator.front;

import java.time.Duration;

/**
 * What may go wrong between a client and its API server.
 */
public sealed interface ApiFault {

	/**
	 * Closes the connection without an answer, and the API behind never sees the request:
	 * an API server that is down.
	 */
	record Refuse() implements ApiFault {

	}

	/**
	 * Answers in place of the API behind, which never sees the request.
	 *
	 * @param status of HTTP, such as 500
	 */
	record Answer(int status, String message) implements ApiFault {

	}

	/** Hands the request on late. */
	record Delay(Duration by) implements ApiFault {

	}

	/**
	 * Hands the request on and cuts the client's connection after a while: a cut watch.
	 */
	record Cut(Duration after) implements ApiFault {

	}

	/**
	 * Hands the request on, awaits the answer and cuts the client's connection instead of
	 * giving it: the change is made and the client cannot know.
	 */
	record LoseAnswer() implements ApiFault {

	}

}
