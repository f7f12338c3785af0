package dev.longhaul.scheduler.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.page.Csrf;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Link;
import dev.longhaul.scheduler.page.Notice;
import dev.longhaul.scheduler.page.Reader;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * What is around the pages that requests are answered with.
 * <p>
 * Times are those of the reader's zone, which a cookie names: the script of every page,
 * that of the login too, sets it, so nobody has to be asked. Without scripts they are
 * those of the server's zone. Every page says which.
 */
public final class Frames {

	static final String ZONE_COOKIE = "longhaul-zone";

	/** A region: an offset would be wrong for half of the year. */
	private static final Pattern ZONE = Pattern.compile("[A-Za-z][A-Za-z0-9_+/-]{0,63}");

	private static final String FRAME = Frames.class.getName() + ".frame";

	private final String installation;

	private final String version;

	private final Supplier<List<Notice>> standing;

	private final Clock clock;

	private final ZoneId zone;

	/**
	 * @param installation how this Longhaul is called; empty if nobody gave it a name
	 * @param standing what every page has to say above all else
	 * @param zone of readers of whom nothing is known
	 */
	public Frames(String installation, String version, Supplier<List<Notice>> standing, Clock clock, ZoneId zone) {
		this.installation = installation;
		this.version = version;
		this.standing = standing;
		this.clock = clock;
		this.zone = zone;
	}

	/** The same frame each time it is asked for within a request. */
	public Frame of(HttpServletRequest request) {
		if (request.getAttribute(FRAME) instanceof Frame known) {
			return known;
		}
		List<Notice> notices = new ArrayList<>(came(request));
		notices.addAll(standing.get());
		Frame frame = frame(request, notices);
		request.setAttribute(FRAME, frame);
		return frame;
	}

	/** Without anything that has to be looked up: when that is what failed. */
	Frame bare(HttpServletRequest request) {
		return frame(request, List.of());
	}

	private Frame frame(HttpServletRequest request, List<Notice> notices) {
		CsrfToken csrf = (CsrfToken) Objects.requireNonNull(request.getAttribute(CsrfToken.class.getName()),
				"this request did not come by the gate");
		return new Frame(installation, version, new Reader(clock.instant(), zone(request)),
				CallerAuthentication.current().map(Caller::name).orElse(null),
				new Csrf(csrf.getParameterName(), csrf.getToken()), notices);
	}

	/** What came of the form that led here. */
	private static List<Notice> came(HttpServletRequest request) {
		Map<String, ?> flash = RequestContextUtils.getInputFlashMap(request);
		if (flash == null || !(flash.get(Afterwards.WORDS) instanceof String words)) {
			return List.of();
		}
		Link more = (flash.get(Afterwards.LINK) instanceof String href)
				? new Link(String.valueOf(flash.get(Afterwards.LABEL)), href) : null;
		return List.of(new Notice(Answer.HOLDS, words, null, more));
	}

	private ZoneId zone(HttpServletRequest request) {
		String wanted = cookie(request);
		if (wanted == null || !ZONE.matcher(wanted).matches()) {
			return zone;
		}
		try {
			return ZoneId.of(wanted);
		}
		catch (DateTimeException ex) {
			return zone;
		}
	}

	private static @Nullable String cookie(HttpServletRequest request) {
		Cookie[] cookies = Objects.requireNonNullElse(request.getCookies(), new Cookie[0]);
		for (Cookie cookie : cookies) {
			if (cookie.getName().equals(ZONE_COOKIE)) {
				return cookie.getValue();
			}
		}
		return null;
	}

}
