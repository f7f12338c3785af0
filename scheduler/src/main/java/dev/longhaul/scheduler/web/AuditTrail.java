package dev.longhaul.scheduler.web;

import java.util.Optional;
import java.util.Set;

import dev.longhaul.scheduler.access.AuditEntry;
import dev.longhaul.scheduler.access.AuditLog;
import dev.longhaul.scheduler.access.AuditOutcome;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Notes every request that changes something, and every one that was refused to somebody
 * who wanted more than they may.
 */
public final class AuditTrail implements HandlerInterceptor {

	private static final System.Logger LOG = System.getLogger(AuditTrail.class.getName());

	private static final String ABOUT = AuditTrail.class.getName() + ".about";

	private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

	private static final Set<Integer> REFUSED = Set.of(401, 403);

	private final AuditLog log;

	public AuditTrail(AuditLog log) {
		this.log = log;
	}

	/**
	 * Adds to what is noted of a request, such as the id of the run that it began.
	 */
	public static void note(HttpServletRequest request, String about) {
		request.setAttribute(ABOUT, about);
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception failure) {
		int status = response.getStatus();
		if (LOOKING.contains(request.getMethod()) && !REFUSED.contains(status)) {
			return;
		}
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		Object about = request.getAttribute(ABOUT);
		append(request, request.getMethod() + " " + ((pattern != null) ? pattern : "?"), outcome(status),
				status + ((about != null) ? " " + about : ""));
	}

	/** Of a request that did not come as far as to a method of ours. */
	void atTheGate(HttpServletRequest request, AuditOutcome outcome, String action, String detail) {
		append(request, action, outcome, detail);
	}

	private void append(HttpServletRequest request, String action, AuditOutcome outcome, String detail) {
		Optional<Caller> caller = CallerAuthentication.current();
		try {
			log.append(new AuditEntry(caller.map(Caller::name).orElse(AuditEntry.UNKNOWN),
					caller.map(known -> Scope.words(known.scopes())).orElse(""), request.getRemoteAddr(), action,
					request.getRequestURI(), outcome, detail));
		}
		catch (DataAccessException ex) {
			LOG.log(System.Logger.Level.ERROR, "not in the audit log: %s %s".formatted(action, outcome.word()), ex);
		}
	}

	private static AuditOutcome outcome(int status) {
		if (status < 400) {
			return AuditOutcome.DONE;
		}
		return (status < 500) ? AuditOutcome.REFUSED : AuditOutcome.FAILED;
	}

}
