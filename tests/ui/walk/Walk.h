#pragma once
#include <catch2/catch.hpp>
#include <iostream>

#include "Visit.h"

namespace tram::ui::test {

/// Counts the taps of an errand; a tap on a field that is typed in belongs to the typing.
struct Walk {
    Visit& visit;
    int taps = 0;
    void tap(const std::string& id) {
        INFO(id);
        REQUIRE(visit.shows(id));
        visit.robot().tap(id);
        ++taps;
    }
    /// `id`, and its page.
    void to(const std::string& page, const std::string& id) {
        tap(id);
        INFO(id << " to " << page);
        REQUIRE(visit.arrives(page));
    }
    int took(const char* errand) const {
        std::cout << "taps " << errand << ": " << taps << "\n";
        return taps;
    }
};

}  // namespace tram::ui::test
