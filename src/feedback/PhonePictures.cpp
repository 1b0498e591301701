#include "feedback/PhonePictures.h"

#include <algorithm>

#include "crypto/Keys.h"

namespace tram::feedback {

using base::Millis;
using base::Problem;
using base::ProblemKind;
using base::Result;
using link::PhoneUploads;

namespace {

constexpr Millis kSecond{1000};

/// The place is there still, as far as we know: it is asked again.
bool mayPass(const Problem& problem) {
    switch (problem.kind) {
        case ProblemKind::NoNetwork:
        case ProblemKind::Timeout:
        case ProblemKind::ServerFault:
        case ProblemKind::TooManyRequests:
        case ProblemKind::BadResponse:
            return true;
        default:
            return false;
    }
}

}  // namespace

/// A link and its key. What comes late finds it given up and drops what it brings.
struct PhonePictures::Place {
    PhonePictures* owner;  // null once given up; UI thread only
    crypto::OpeningKey key = crypto::OpeningKey::generate();
    std::string id = {};  // set before anybody in the background needs it
    // UI thread only.
    int last = 0;  // picture that was fetched
    struct Verdict {
        int number;
        bool used;
    };
    std::vector<Verdict> untold = {};

    /// What the gateway does not know any more, it needs not be told.
    static Result<void> tell(PhoneUploads& line, const std::string& id, const std::vector<Verdict>& all) {
        for (const auto& each : all)
            if (auto told = line.tell(id, each.number, each.used);
                !told && told.error().kind != ProblemKind::NotFound)
                return told;
        return {};
    }
};

PhonePictures::PhonePictures(std::shared_ptr<PhoneUploads> line, base::Scheduler& scheduler,
                             const base::Clock& clock)
    : line_(std::move(line)), scheduler_(scheduler), clock_(clock) {}

PhonePictures::~PhonePictures() {
    close();
}

/// `work` in the background, its answer on the UI thread, unless the place was given up meanwhile.
template <class Work, class Then>
void PhonePictures::run(Work work, Then then) {
    scheduler_.background([place = place_, &ui = scheduler_, work, then] {
        auto answer = std::make_shared<decltype(work(*place))>(work(*place));
        ui.onUi(place, [place, answer, then] {
            if (place->owner) then(*place->owner, std::move(*answer));
        });
    });
}

int PhonePictures::secondsLeft() const {
    if (!std::holds_alternative<phone::Showing>(state_)) return 0;
    const auto left = std::max(Millis(0), ends_ - now());
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

void PhonePictures::begin(const std::string& language) {
    close();
    place_ = std::make_shared<Place>(Place{this});
    move(phone::Asking{});
    // Given up before the answer is here, the place is left to its ten minutes.
    run([line = line_, language](Place& place) { return line->open(place.key.sealingKey(), language); },
        [](PhonePictures& self, auto answer) { self.opened(std::move(answer)); });
}

void PhonePictures::end() {
    finish(phone::Idle{});
}

void PhonePictures::opened(Result<PhoneUploads::Place> answer) {
    if (!answer) return finish(phone::Failed{answer.error()});
    place_->id = answer->id;
    ends_ = now() + std::min(answer->lives, kLongest);
    nextAsk_ = now() + kAskEvery;
    move(phone::Showing{answer->link});
    scheduler_.after(kSecond, place_, [this] { tick(); });
}

void PhonePictures::tick() {
    if (!showing()) return;
    if (now() >= ends_) return finish(phone::Over{});
    scheduler_.after(kSecond, place_, [this] { tick(); });
    if (!asking_ && now() >= nextAsk_) ask();
    if (onChange) onChange();
}

void PhonePictures::ask() {
    asking_ = true;
    run(
        [line = line_, untold = place_->untold](Place& place) -> Result<PhoneUploads::State> {
            if (auto told = Place::tell(*line, place.id, untold); !told) return tl::unexpected(told.error());
            return line->state(place.id);
        },
        [told = place_->untold.size()](PhonePictures& self, auto answer) {
            auto& untold = self.place_->untold;
            if (answer) untold.erase(untold.begin(), untold.begin() + static_cast<std::ptrdiff_t>(told));
            self.answered(std::move(answer));
        });
}

void PhonePictures::answered(Result<PhoneUploads::State> answer) {
    asking_ = false;
    nextAsk_ = now() + kAskEvery;
    if (!showing()) return;
    if (!answer) return lineFailed(answer.error());
    auto& now = *showing();
    now.lineLost = false;
    const auto next = std::ranges::find_if(
        answer->pictures, [&](const auto& picture) { return picture.number > place_->last; });
    const bool comes = next != answer->pictures.end();
    const bool sign = comes || (answer->opened && !now.opened);
    now.opened = now.opened || answer->opened;
    if (sign && onSign) onSign();
    if (comes) fetch(*next);
    if (onChange) onChange();
}

void PhonePictures::fetch(const PhoneUploads::Picture& picture) {
    asking_ = true;
    run([line = line_, picture](Place& place) { return line->picture(place.id, picture, place.key); },
        [number = picture.number](PhonePictures& self, auto bytes) {
            self.fetched(number, std::move(bytes));
        });
}

void PhonePictures::fetched(int number, Result<base::SecretBytes> picture) {
    asking_ = false;
    nextAsk_ = now();  // another may be there already
    if (!showing()) return;
    if (!picture && mayPass(picture.error())) return lineFailed(picture.error());
    place_->last = number;
    if (onPicture)
        onPicture(std::move(picture), [place = std::weak_ptr(place_), number](bool used) {
            if (const auto there = place.lock(); there && there->owner) there->owner->judged(number, used);
        });
    if (onChange) onChange();
}

void PhonePictures::judged(int number, bool used) {
    auto* now = showing();
    if (!now) return;
    ++(used ? now->used : now->useless);
    place_->untold.push_back({number, used});
    nextAsk_ = this->now();
    if (now->used >= static_cast<int>(PhoneUploads::kMostPictures)) return over(phone::Why::Full);
    if (now->used + now->useless >= PhoneUploads::kMostSent) return over(phone::Why::Spent);
    if (onChange) onChange();
}

/// The phone's page still says what became of all: the place stays until we are done with it.
void PhonePictures::over(phone::Why why) {
    run([line = line_,
         untold = place_->untold](Place& place) { return Place::tell(*line, place.id, untold); },
        [](PhonePictures&, auto) {});
    move(phone::Over{why, showing()->useless});
}

void PhonePictures::lineFailed(const Problem& problem) {
    if (problem.kind == ProblemKind::NotFound) return finish(phone::Over{});
    if (!mayPass(problem)) return finish(phone::Failed{problem});
    nextAsk_ = now() + kAskEvery;
    showing()->lineLost = true;
    if (onChange) onChange();
}

/// The gateway forgets what nobody will fetch any more.
void PhonePictures::close() {
    if (!place_) return;
    place_->owner = nullptr;
    if (!place_->id.empty())
        scheduler_.background([line = line_, id = place_->id] { (void)line->close(id); });
    place_.reset();
    asking_ = false;
}

void PhonePictures::finish(PhoneState state) {
    close();
    move(std::move(state));
}

void PhonePictures::move(PhoneState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

}  // namespace tram::feedback
