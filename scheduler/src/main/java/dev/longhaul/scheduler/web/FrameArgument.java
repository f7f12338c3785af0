package dev.longhaul.scheduler.web;

import java.util.Objects;

import dev.longhaul.scheduler.page.Frame;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives the frame of the page that is asked for to methods that ask for it.
 */
public final class FrameArgument implements HandlerMethodArgumentResolver {

	private final Frames frames;

	public FrameArgument(Frames frames) {
		this.frames = frames;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Frame.class;
	}

	@Override
	public Frame resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
		return frames.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
	}

}
