#include "gateway/http/Router.h"

#include <arpa/inet.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "gateway/http/Problems.h"

namespace tram::gateway {
namespace {

using base::log::Word;
using Steady = std::chrono::steady_clock;

// httplib answers each connection on one thread from beginning to end.
struct UnderWay {
    bool counted = false;
    Steady::time_point since;
    Word route{"-"};
};
thread_local UnderWay current;

Word methodWord(const std::string& method) {
    if (method == "GET") return "GET";
    if (method == "HEAD") return "HEAD";
    if (method == "POST") return "POST";
    if (method == "PUT") return "PUT";
    if (method == "DELETE") return "DELETE";
    return "OTHER";
}

/// "/v1/content/{role}.json" → "/v1/content/([^/]{1,200})\.json"
std::string patternOf(std::string_view route) {
    std::string pattern;
    for (std::size_t at = 0; at < route.size(); ++at) {
        if (route[at] == '{') {
            pattern += "([^/]{1,200})";
            at = route.find('}', at);
        } else {
            if (route[at] == '.') pattern += '\\';
            pattern += route[at];
        }
    }
    return pattern;
}

bool isAddress(const std::string& text) {
    unsigned char buffer[16];
    return inet_pton(AF_INET, text.c_str(), buffer) == 1 || inet_pton(AF_INET6, text.c_str(), buffer) == 1;
}

std::string lastOf(const std::string& list) {
    const auto comma = list.rfind(',');
    auto last = comma == std::string::npos ? list : list.substr(comma + 1);
    last.erase(0, last.find_first_not_of(" \t"));
    last.erase(last.find_last_not_of(" \t") + 1);
    return last;
}

/// What httplib 0.11.4 would read otherwise than its sender meant it: chunked bodies pass its limit, of two
/// lengths it takes the first, and content of a GET it takes for the next request. nginx never sends us any.
bool isAmbiguous(const httplib::Request& request) {
    // A coding it cannot undo it leaves where it is.
    if (request.has_header("Transfer-Encoding") || request.has_header("Content-Encoding") ||
        request.get_header_value_count("Content-Length") > 1)
        return true;
    const bool takesContent = request.method == "POST" || request.method == "PUT";
    return !takesContent && request.has_header("Content-Length") &&
           request.get_header_value("Content-Length") != "0";
}

/// httplib reads on after any answer but one whose body broke off. HEAD's has no body to break off: it is
/// answered as a GET that writes none (the request is httplib's own, and not const there).
void refuseAndClose(const httplib::Request& request, httplib::Response& response, int status) {
    const bool wantsDocument = request.method != "HEAD";
    if (!wantsDocument) const_cast<httplib::Request&>(request).method = "GET";
    const bool worded = response.status == status && !response.body.empty();
    const auto type = worded ? response.get_header_value("Content-Type") : "application/problem+json";
    auto said = worded ? std::move(response.body) : problemDocument(status);
    response.body.clear();  // a body that stands already would be sent instead, whole
    response.headers.erase("Content-Type");
    response.status = status;
    response.set_header("Connection", "close");
    response.set_content_provider(
        type, [document = wantsDocument ? std::move(said) : ""](std::size_t, httplib::DataSink& sink) {
            if (!document.empty()) sink.write(document.data(), document.size());
            return false;
        });
}

/// What a handler has refused with, or that the request broke off.
int refusalIn(const httplib::Response& response) {
    return response.status >= 400 ? response.status : 400;
}

/// A body, and whether it was read to its end: a rest would be taken for the next request.
class Watched {
  public:
    Watched(const httplib::Request& request, const httplib::ContentReader& reader)
        : whole_(!request.has_header("Content-Length") || request.get_header_value("Content-Length") == "0"),
          reader_([this, &reader](httplib::ContentReceiver take) { return whole_ = reader(std::move(take)); },
                  [this, &reader](httplib::MultipartContentHeader part, httplib::ContentReceiver take) {
                      return whole_ = reader(std::move(part), std::move(take));
                  }) {}
    const httplib::ContentReader& reader() const { return reader_; }
    bool whole() const { return whole_; }

  private:
    bool whole_;
    httplib::ContentReader reader_;
};

/// Reads on after the limit without keeping anything.
bool readBody(const httplib::ContentReader& reader, std::size_t limit, std::string& body) {
    bool fits = true;
    const bool read = reader([&](const char* data, std::size_t size) {
        fits = fits && body.size() + size <= limit;
        if (fits) body.append(data, size);
        return true;
    });
    if (!fits) body.clear();
    return read && fits;
}

/// Every kiosk asks every few seconds: what is fine would hide what is not.
bool isCommonplace(std::string_view route, int status) {
    return (route == "/healthz" && status == 200) || (route == "/v1/alerts" && status == 304);
}

}  // namespace

bool isLoopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

std::string Exchange::client() const {
    if (!isLoopback(request.remote_addr)) return request.remote_addr;
    const auto forwarded = lastOf(header("X-Forwarded-For"));
    return isAddress(forwarded) ? forwarded : request.remote_addr;
}

std::string Exchange::cookie(std::string_view name) const {
    const auto all = header("Cookie");
    std::string_view rest = all;
    while (!rest.empty()) {
        auto pair = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return std::string(pair.substr(name.size() + 1));
    }
    return "";
}

void Exchange::reply(int status, std::string document, const char* type) {
    response.status = status;
    response.set_content(std::move(document), type);
}

Router::Router(httplib::Server& server, Metrics& metrics, const base::Clock& clock)
    : server_(server), metrics_(metrics), clock_(clock) {
    prepare();
}

void Router::prepare() {
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        current = {true, Steady::now(), Word{"-"}};
        ++underWay_;
        if (!isAmbiguous(request)) return httplib::Server::HandlerResponse::Unhandled;
        refuseAndClose(request, response, 400);
        return httplib::Server::HandlerResponse::Handled;
    });
    server_.set_error_handler([this](const httplib::Request& request, httplib::Response& response) {
        answerError(request, response);
    });
    server_.set_exception_handler(
        [](const httplib::Request& request, httplib::Response& response, std::exception_ptr) {
            base::log::error("http.exception");
            refuseAndClose(request, response, 500);  // who knows how much of it was read
        });
    server_.set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
        if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
        if (!response.has_header("Content-Security-Policy"))
            response.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.set_header("X-Content-Type-Options", "nosniff");
        response.set_header("Referrer-Policy", "no-referrer");
    });
    server_.set_logger([this](const httplib::Request& request, const httplib::Response& response) {
        finish(request, response);
    });
}

void Router::get(Word route, Handler handler) {
    noteRoute("GET, HEAD", route);
    server_.Get(patternOf(route.view()), [this, route, handler](const auto& request, auto& response) {
        current.route = route;
        Exchange exchange{request, response, clock_.wall(), {}};
        handler(exchange);
    });
}

void Router::post(Word route, std::size_t bodyLimit, Handler handler, Gate gate) {
    noteRoute("POST", route);
    server_.Post(patternOf(route.view()), [this, route, bodyLimit, handler, gate](
                                              const httplib::Request& request, httplib::Response& response,
                                              const httplib::ContentReader& reader) {
        current.route = route;
        // httplib 0.11.4 throws in the middle of a form that is not read in parts.
        if (request.is_multipart_form_data()) return refuseAndClose(request, response, 415);
        Exchange exchange{request, response, clock_.wall(), {}};
        const Watched body(request, reader);
        if (gate && !gate(exchange)) {
            readBody(body.reader(), 0, exchange.body);
        } else if (readBody(body.reader(), bodyLimit, exchange.body)) {
            handler(exchange);
        } else {
            answerProblem(response, 413);
        }
        if (!body.whole()) refuseAndClose(request, response, refusalIn(response));
    });
}

void Router::put(Word route, StreamHandler handler) {
    noteRoute("PUT", route);
    server_.Put(patternOf(route.view()),
                [this, route, handler](const httplib::Request& request, httplib::Response& response,
                                       const httplib::ContentReader& reader) {
                    current.route = route;
                    if (request.is_multipart_form_data()) return refuseAndClose(request, response, 415);
                    stream(request, response, reader, handler);
                });
}

void Router::put(Word route, std::size_t bodyLimit, Handler handler) {
    put(route, [bodyLimit, handler](Exchange& exchange, const httplib::ContentReader& reader) {
        if (readBody(reader, bodyLimit, exchange.body)) return handler(exchange);
        answerProblem(exchange.response, 413);
    });
}

void Router::postForm(Word route, StreamHandler handler) {
    noteRoute("POST", route);
    server_.Post(patternOf(route.view()), [this, route, handler](const httplib::Request& request,
                                                                 httplib::Response& response,
                                                                 const httplib::ContentReader& reader) {
        current.route = route;
        const auto type = request.get_header_value("Content-Type");
        if (request.is_multipart_form_data())  // the request is httplib's own, and not const there
            const_cast<httplib::Request&>(request).headers.erase("Content-Type");
        stream(request, response, reader, handler, type);
    });
}

void Router::stream(const httplib::Request& request, httplib::Response& response,
                    const httplib::ContentReader& reader, const StreamHandler& handler,
                    const std::string& formType) {
    Exchange exchange{request, response, clock_.wall(), {}, formType};
    const Watched body(request, reader);
    handler(exchange, body.reader());
    if (!body.whole()) refuseAndClose(request, response, refusalIn(response));
}

void Router::remove(Word route, Handler handler) {
    noteRoute("DELETE", route);
    server_.Delete(patternOf(route.view()), [this, route, handler](const auto& request, auto& response) {
        current.route = route;
        Exchange exchange{request, response, clock_.wall(), {}};
        handler(exchange);
    });
}

void Router::noteRoute(const char* methods, Word route) {
    known_.push_back({methods, std::regex(patternOf(route.view()))});
}

/// Whatever no handler worded: unknown paths, known ones with another method, httplib's own refusals.
void Router::answerError(const httplib::Request& request, httplib::Response& response) const {
    if (!response.body.empty() || response.content_provider_) return;
    std::string allowed;
    for (const auto& known : known_)
        if (std::regex_match(request.path, known.pattern))
            allowed += (allowed.empty() ? "" : ", ") + known.methods;
    const bool other = (response.status == 404 || response.status == 400) && !allowed.empty() &&
                       allowed.find(request.method) == std::string::npos;
    answerProblem(response, other ? 405 : response.status);
    if (other) response.set_header("Allow", allowed);
}

void Router::finish(const httplib::Request& request, const httplib::Response& response) {
    if (!current.counted) return;
    const auto took = std::chrono::duration_cast<base::Millis>(Steady::now() - current.since);
    const auto method = methodWord(request.method);
    metrics_.count(method.view(), current.route.view(), response.status, took);
    if (!isCommonplace(current.route.view(), response.status))
        base::log::info(
            "http.request",
            {{"method", method}, {"route", current.route}, {"status", response.status}, {"took", took}});
    current.counted = false;
    --underWay_;
}

void Router::drain(base::Millis limit) const {
    const auto until = Steady::now() + limit;
    while (underWay_ > 0 && Steady::now() < until) std::this_thread::sleep_for(base::Millis(10));
}

}  // namespace tram::gateway
