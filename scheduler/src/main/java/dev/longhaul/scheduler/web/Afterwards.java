package dev.longhaul.scheduler.web;

import java.net.URI;

import dev.longhaul.scheduler.page.Link;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Sends a browser on when a form was done, so that a page that is loaded again does not
 * do it again. The page it comes to says what came of it.
 */
public final class Afterwards {

	static final String WORDS = "words";

	static final String LABEL = "label";

	static final String LINK = "link";

	private Afterwards() {
	}

	/**
	 * @param page to go on with, a path of this server
	 * @param words what was done, for people
	 * @param more null if there is no more of it
	 */
	public static ResponseEntity<Void> see(String page, String words, @Nullable Link more, HttpServletRequest request,
			HttpServletResponse response) {
		FlashMap flash = RequestContextUtils.getOutputFlashMap(request);
		// A program has no session, and is not to be given one.
		if (!BearerFilter.isBearer(request) && flash != null) {
			flash.put(WORDS, words);
			if (more != null) {
				flash.put(LABEL, more.label());
				flash.put(LINK, more.href());
			}
			RequestContextUtils.saveOutputFlashMap(page, request, response);
		}
		return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(page)).build();
	}

}
