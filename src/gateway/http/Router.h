#pragma once
#include <httplib.h>

#include <atomic>
#include <functional>
#include <regex>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Log.h"
#include "gateway/http/Metrics.h"

namespace tram::gateway {

bool isLoopback(const std::string& address);

/// One request on its way to one answer.
struct Exchange {
    const httplib::Request& request;
    httplib::Response& response;
    base::WallTime now;
    std::string body;           ///< read and within the route's limit
    std::string formType = {};  ///< Content-Type of a form that its handler reads, and takes apart, itself

    /// What stands for the route's first {place}, or a later one.
    std::string place(std::size_t which = 1) const {
        return request.matches.size() > which ? request.matches[which].str() : std::string();
    }
    /// A parameter of the query; "" when there is none.
    std::string query(const char* name) const {
        return request.has_param(name) ? request.get_param_value(name) : std::string();
    }
    /// A cookie's value (RFC 6265 §4.2.1); "" when there is none.
    std::string cookie(std::string_view name) const;
    std::string header(const char* name) const { return request.get_header_value(name); }
    /// The kiosk's or phone's address. X-Forwarded-For counts only from a proxy on this machine.
    std::string client() const;
    void reply(int status, std::string document, const char* type = "application/json");
};

/// Our routes on httplib's server: limits on bodies, problem documents for every failure, one log line and
/// one metric for each request (method, route's template, status, milliseconds; never a path or an address).
class Router {
  public:
    using Handler = std::function<void(Exchange&)>;
    using StreamHandler = std::function<void(Exchange&, const httplib::ContentReader&)>;

    Router(httplib::Server& server, Metrics& metrics, const base::Clock& clock);

    /// False when it has answered already.
    using Gate = std::function<bool(Exchange&)>;

    /// `route` like "/v1/feedback/{code}".
    void get(base::log::Word route, Handler handler);
    /// `gate` is asked before the body is kept: memory is for those who may send.
    void post(base::log::Word route, std::size_t bodyLimit, Handler handler, Gate gate = {});
    void put(base::log::Word route, StreamHandler handler);
    /// A small body, read whole.
    void put(base::log::Word route, std::size_t bodyLimit, Handler handler);
    /// The only routes that take multipart/form-data. The handler reads its bytes: httplib, which would take
    /// it apart, does not tell of those that it is waiting to understand.
    void postForm(base::log::Word route, StreamHandler handler);
    void remove(base::log::Word route, Handler handler);
    /// Waits until no request is being answered, at most `limit`.
    void drain(base::Millis limit) const;

  private:
    void prepare();
    void stream(const httplib::Request& request, httplib::Response& response,
                const httplib::ContentReader& reader, const StreamHandler& handler,
                const std::string& formType = "");
    void noteRoute(const char* methods, base::log::Word route);
    void answerError(const httplib::Request& request, httplib::Response& response) const;
    void finish(const httplib::Request& request, const httplib::Response& response);

    httplib::Server& server_;
    Metrics& metrics_;
    const base::Clock& clock_;
    std::atomic<int> underWay_{0};
    struct Known {
        std::string methods;
        std::regex pattern;
    };
    std::vector<Known> known_;
};

}  // namespace tram::gateway
