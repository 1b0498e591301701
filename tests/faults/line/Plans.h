#pragma once
#include <map>

#include "LineKiosk.h"

namespace tram::line {

/// The first `times` requests of each kind meet it, those of the health check excepted.
inline FaultProxy::Plan firstOfEachKind(int times, const Fault& fault) {
    return [=, met = std::map<std::string, int>()](const Request& request) mutable {
        const auto kind = request.method + request.path.substr(0, 8);
        return !isHealth(request) && met[kind]++ < times ? fault : Fault{};
    };
}

/// The first `times` posts of actions meet it.
inline FaultProxy::Plan firstPosts(int times, const Fault& fault) {
    return [=, met = 0](const Request& request) mutable {
        return isPost(request) && met++ < times ? fault : Fault{};
    };
}

/// The first `times` requests meet it, whatever they are.
inline FaultProxy::Plan firstOfAll(int times, const Fault& fault) {
    return [=, met = 0](const Request&) mutable { return met++ < times ? fault : Fault{}; };
}

/// Each post that carries this action meets it, for ever.
inline FaultProxy::Plan poison(const base::Uuid& id, const Fault& fault) {
    return [=](const Request& request) { return carries(request, id) ? fault : Fault{}; };
}

}  // namespace tram::line
