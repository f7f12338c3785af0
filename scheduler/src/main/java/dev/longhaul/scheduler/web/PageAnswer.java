package dev.longhaul.scheduler.web;

import java.io.IOException;
import java.util.Objects;

import dev.longhaul.scheduler.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Answers with the page that a method returns.
 */
public final class PageAnswer implements HandlerMethodReturnValueHandler {

	private final PageWriter writer;

	public PageAnswer(PageWriter writer) {
		this.writer = writer;
	}

	@Override
	public boolean supportsReturnType(MethodParameter type) {
		return Page.class.isAssignableFrom(type.getParameterType());
	}

	@Override
	public void handleReturnValue(@Nullable Object page, MethodParameter type, ModelAndViewContainer container,
			NativeWebRequest request) throws IOException {
		container.setRequestHandled(true);
		writer.write((Page) Objects.requireNonNull(page),
				Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
				Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
	}

}
