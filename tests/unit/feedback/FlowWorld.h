#pragma once
#include "feedback/FeedbackFlow.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeFeedback.h"

namespace tram::test {

using namespace tram::feedback;
using base::ProblemKind;
using wire::Disclosure;

inline base::Result<DraftPicture> picture(const std::filesystem::path& file) {
    if (file == "bad") return base::fail(ProblemKind::PictureUnreadable);
    const std::string name = file.string();
    return DraftPicture{"", base::SecretBytes({name.begin(), name.end()}), base::SecretBytes({1})};
}

/// One resident at a kiosk, and short ways to each step.
struct World {
    explicit World(wire::FeedbackFields given = demoFields()) : fields(std::move(given)) {}

    wire::FeedbackFields fields;
    FakeKiosk kiosk;
    int changes = 0;
    int asked = 0;
    std::string askedSecret;
    std::function<base::Result<wire::FeedbackStatus>()> answer = [] {
        return base::fail(ProblemKind::NotFound);
    };
    /// Of a phone's picture.
    std::vector<std::string> told;
    void fromPhone(const std::string& name) {
        flow->addPicture(base::Result<base::SecretBytes>(base::SecretBytes({name.begin(), name.end()})),
                         [this, name](bool used) { told.push_back(name + (used ? " used" : " useless")); });
    }
    std::unique_ptr<FeedbackFlow> flow = make();

    FeedbackFlow& operator*() { return *flow; }
    FeedbackFlow* operator->() { return flow.get(); }

    Step step() const {
        const auto* editing = std::get_if<situation::Editing>(&flow->state());
        REQUIRE(editing);
        return editing->step;
    }
    template <class Situation>
    bool is() const {
        return std::holds_alternative<Situation>(flow->state());
    }
    void toText() { flow->chooseField("thoat-nuoc"); }
    void toPlace() {
        toText();
        flow->setText("Nắp cống trước số 12 bị vỡ.");
        REQUIRE(flow->next());
    }
    void toPictures() {
        toPlace();
        flow->setWard("27154");
        flow->setAddress("12 Nguyễn Thiện Thuật");
        REQUIRE(flow->next());
    }
    void toWho() {
        toPictures();
        REQUIRE(flow->next());
    }
    void toCheck(Disclosure disclosure = Disclosure::Named) {
        toWho();
        flow->setDisclosure(disclosure);
        flow->setName("Nguyễn Văn An");
        flow->setPhone("090 123 45 67");
        if (disclosure == Disclosure::Anonymous) flow->setDisclosure(disclosure);
        flow->setConsent(true, "vi:2026-11-a");
        REQUIRE(flow->next());
        REQUIRE(step() == Step::Check);
    }
    void toKept(Disclosure disclosure = Disclosure::Named) {
        toCheck(disclosure);
        flow->send();
        kiosk.scheduler.settle();
        REQUIRE(is<situation::Kept>());
    }
    std::vector<Issue> refused() {
        CHECK_FALSE(flow->next());
        return flow->issues();
    }
    std::vector<std::string> pictures() const {
        std::vector<std::string> names;
        for (const auto& p : flow->draft().pictures)
            names.emplace_back(p.jpeg.reveal().begin(), p.jpeg.reveal().end());
        return names;
    }

  private:
    std::unique_ptr<FeedbackFlow> make() {
        FeedbackFlow::Services services;
        services.outbox = kiosk.box;
        services.preparePicture = picture;
        services.prepareBytes = [](const base::SecretBytes& bytes) {
            return picture(std::string(bytes.reveal().begin(), bytes.reveal().end()));
        };
        services.status = [this](const std::string&, const base::SecretText& secret) {
            ++asked;
            askedSecret = secret.reveal();
            return answer();
        };
        auto made = std::make_unique<FeedbackFlow>(
            FeedbackFlow::Settings{fields, "27154", "vi", "https://tram.example/"}, std::move(services),
            kiosk.scheduler, kiosk.clock);
        made->onChange = [this] { ++changes; };
        return made;
    }
};

}  // namespace tram::test
