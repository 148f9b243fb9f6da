using CashlessGateway.Fees;

namespace CashlessGateway.Tests.Fees;

/// <summary>人数で刻む料金 (双葉町 and others: more than five people on a 住民票 are one more per five).</summary>
public sealed class PeopleStepTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(10, 2)]
    [InlineData(11, 3)]
    [InlineData(999, 200)]
    public void One_more_is_counted_for_each_further_five_begun(int people, long counted) => Assert.Equal(counted, PeopleSteps.Of(5, people));

    [Fact]
    public void Where_people_do_not_count_one_is_one() => Assert.All(Enumerable.Range(1, PeopleSteps.MostPeople), static people => Assert.Equal(1, PeopleSteps.Of(null, people)));

    [Fact]
    public void Nobody_pays_for_a_place_that_nobody_takes_and_nobody_is_left_out() => Assert.All(
        from step in Enumerable.Range(1, 40) from people in Enumerable.Range(1, 400) select (step, people),
        static each =>
        {
            var counted = PeopleSteps.Of(each.step, each.people);
            Assert.True(counted * each.step >= each.people, $"{each}");
            Assert.True((counted - 1) * each.step < each.people, $"{each}");
        });

    [Fact]
    public void More_people_never_cost_less() => Assert.All(
        from step in Enumerable.Range(1, 40) from people in Enumerable.Range(1, 400) select (step, people),
        static each => Assert.InRange(PeopleSteps.Of(each.step, each.people + 1) - PeopleSteps.Of(each.step, each.people), 0, 1));

    [Fact]
    public void A_certificate_of_nobody_is_a_mistake() => Assert.Throws<ArgumentOutOfRangeException>(static () => PeopleSteps.Of(5, 0));
}
