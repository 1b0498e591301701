#include "wire/WifiCode.h"

#include <string_view>

namespace tram::wire {

namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\;,:\"").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

}  // namespace

std::string wifiCode(const std::string& name, const std::string& password) {
    if (password.empty()) return "WIFI:T:nopass;S:" + escaped(name) + ";;";
    return "WIFI:T:WPA;S:" + escaped(name) + ";P:" + escaped(password) + ";;";
}

}  // namespace tram::wire
