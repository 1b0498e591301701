#include "gateway/http/Metrics.h"

#include <fmt/format.h>

namespace tram::gateway {

void Metrics::count(std::string_view method, std::string_view route, int status, base::Millis took) {
    std::lock_guard lock(mutex_);
    auto& requests = requests_[{std::string(method), std::string(route), status}];
    ++requests.count;
    requests.took += took;
}

void Metrics::add(std::string_view name, std::string_view label, std::string_view value, std::int64_t by) {
    std::lock_guard lock(mutex_);
    counters_[{std::string(name), std::string(label), std::string(value)}] += by;
}

std::string Metrics::text() const {
    std::lock_guard lock(mutex_);
    std::string out = "# TYPE tram_http_requests_total counter\n";
    for (const auto& [key, requests] : requests_)
        out += fmt::format("tram_http_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n",
                           std::get<0>(key), std::get<1>(key), std::get<2>(key), requests.count);
    out += "# TYPE tram_http_seconds_total counter\n";
    for (const auto& [key, requests] : requests_)
        out +=
            fmt::format("tram_http_seconds_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {:.3f}\n",
                        std::get<0>(key), std::get<1>(key), std::get<2>(key), requests.took.count() / 1000.0);
    std::string last;
    for (const auto& [key, value] : counters_) {
        const auto& [name, label, of] = key;
        if (name != last) out += fmt::format("# TYPE {} counter\n", name);
        out += fmt::format("{}{{{}=\"{}\"}} {}\n", name, label, of, value);
        last = name;
    }
    return out;
}

std::string Metrics::gauge(std::string_view name, std::string_view labelled, std::int64_t value) {
    return fmt::format("{}{} {}\n", name, labelled, value);
}

}  // namespace tram::gateway
