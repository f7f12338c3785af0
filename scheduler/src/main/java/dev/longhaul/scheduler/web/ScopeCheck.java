package dev.longhaul.scheduler.web;

import java.util.Collection;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a caller do what its scopes allow. It asks the method that would be called, so
 * there is no second table of addresses that could say something else.
 */
public final class ScopeCheck implements HandlerInterceptor {

	/**
	 * @throws IllegalStateException if one of the methods does not say who may call it
	 */
	public static void requireComplete(Collection<HandlerMethod> methods) {
		methods.forEach(method -> {
			if (!method.hasMethodAnnotation(Needs.class) && !method.hasMethodAnnotation(Open.class)) {
				throw new IllegalStateException(method + " does not say who may call it");
			}
		});
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && !method.hasMethodAnnotation(Open.class)) {
			Needs needs = method.getMethodAnnotation(Needs.class);
			require((needs != null) ? needs.value() : Scope.ADMIN);
		}
		return true;
	}

	private static void require(Scope scope) {
		Caller caller = CallerAuthentication.current()
			.orElseThrow(() -> new RefusedRequest(FailureCode.NOT_AUTHENTICATED, "this address needs a token",
					"send a token: 'Authorization: Bearer lh_…'"));
		if (!caller.may(scope)) {
			throw new RefusedRequest(
					FailureCode.NOT_ALLOWED, "this needs the scope '%s', and %s has '%s'".formatted(scope,
							caller.name(), Scope.words(caller.scopes())),
					"use a token with that scope; who has 'admin' can make one");
		}
	}

}
