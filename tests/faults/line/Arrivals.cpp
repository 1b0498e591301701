#include "Arrivals.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "GatewayBooks.h"

namespace tram::line {

struct Arrivals::Book {
    std::map<std::string, test::Arrival> byId;
    std::map<std::string, std::size_t> perKiosk;
    std::vector<std::string> faults;
};

Arrivals::Arrivals(test::LiveCity& city) {
    test::eventually([&] { return test::GatewayBooks::unsettled(city.dataDir()) == 0; });
    auto book = std::make_shared<Book>();
    for (auto& arrival : test::GatewayBooks::arrivals(city.dataDir())) {
        ++book->perKiosk[arrival.kiosk];
        book->byId.emplace(arrival.id, std::move(arrival));
    }
    book->faults = test::GatewayBooks::storeFaults(city.dataDir());
    for (auto& fault : test::GatewayBooks::attachmentFaults(city.dataDir()))
        book->faults.push_back(std::move(fault));
    book_ = std::move(book);
    metrics_ = city.send({.path = "/metrics"}).body;
}

std::size_t Arrivals::of(const LineKiosk& kiosk) const {
    const auto found = book_->perKiosk.find(kiosk.id());
    return found == book_->perKiosk.end() ? 0 : found->second;
}

void Arrivals::checkOnce(const LineKiosk& kiosk, const std::vector<base::Uuid>& stayed) const {
    CHECK(of(kiosk) == kiosk.kept.size() - stayed.size());
    for (const auto& id : kiosk.kept) {
        CAPTURE(id.text());
        const bool stays = std::ranges::count(stayed, id) > 0;
        const auto found = book_->byId.find(id.text());
        CHECK((found == book_->byId.end()) == stays);
        const auto item = kiosk.item(id);
        CHECK((item.state == outbox::ItemState::Accepted) != stays);
        if (found == book_->byId.end()) continue;
        const auto& arrival = found->second;
        CHECK(arrival.state == "opened");
        CHECK(arrival.reports == 1);
        CHECK(arrival.cases.size() == 1);
        CHECK(arrival.pictures.size() == item.attachments.size());
        for (const auto& picture : arrival.pictures) CHECK(picture.has_value());
    }
    CHECK(book_->faults == std::vector<std::string>{});
}

void Arrivals::checkAcceptedOnce(std::size_t actions) const {
    const std::string line = "tram_actions_total{verdict=\"accepted\"} " + std::to_string(actions) + "\n";
    CHECK(metrics_.find(line) != std::string::npos);
}

}  // namespace tram::line
