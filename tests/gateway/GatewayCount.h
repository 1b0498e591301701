#pragma once
#include <httplib.h>

#include <sstream>
#include <string>

#include "LiveCity.h"

namespace tram::test {

/// How often the gateway itself says it has answered `route` (a template, "/t/{code}"), whatever method and
/// status. Asked past nginx, so that asking changes nothing there.
inline long answered(const LiveCity& city, const std::string& route) {
    httplib::Client client("127.0.0.1", city.gatewayPort());
    const auto reply = client.Get("/metrics");
    if (!reply || reply->status != 200) return -1;
    std::istringstream lines(reply->body);
    long all = 0;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("tram_http_requests_total{") &&
            line.find("route=\"" + route + "\"") != std::string::npos)
            all += std::stol(line.substr(line.rfind(' ') + 1));
    return all;
}

}  // namespace tram::test
